import qrcode from 'qrcode-generator';

/** The dark modules of a QR code, row by row, without its quiet zone. */
export interface QrMatrix {
  readonly size: number;
  isDark(row: number, column: number): boolean;
}

/** The smallest code that holds the text and still reads with 15 % of it lost. @param text in the alphanumeric characters of QR codes */
export function qrMatrix(text: string): QrMatrix {
  const code = qrcode(0, 'M');
  code.addData(text, 'Alphanumeric');
  code.make();
  return { size: code.getModuleCount(), isDark: (row, column) => code.isDark(row, column) };
}
