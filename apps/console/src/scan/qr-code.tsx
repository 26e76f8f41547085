import qrcode from 'qrcode-generator';
import { useMemo } from 'react';

/** A QR code, drawn here. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { size, path } = useMemo(() => {
    const code = qrcode(0, 'M');
    code.addData(text);
    code.make();
    const count = code.getModuleCount();
    const rows = Array.from({ length: count }, (_, row) =>
      Array.from({ length: count }, (__, column) => (code.isDark(row, column) ? `M${column} ${row}h1v1h-1z` : '')).join(
        '',
      ),
    );
    return { size: count, path: rows.join('') };
  }, [text]);
  return (
    <svg
      className="qr"
      viewBox={`-3 -3 ${size + 6} ${size + 6}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect x="-3" y="-3" width={size + 6} height={size + 6} fill="#ffffff" />
      <path d={path} fill="#000000" />
    </svg>
  );
}
