/** A bell, struck through where it is silent; a sign of a font would be missing on some devices. */
export function Bell({ isSilent }: { readonly isSilent: boolean }) {
  return (
    <svg className="bell" viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
      <path
        d="M12 3a6 6 0 0 0-6 6v4l-2 4h16l-2-4V9a6 6 0 0 0-6-6zm-2 16a2 2 0 0 0 4 0z"
        fill={isSilent ? 'none' : 'currentColor'}
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinejoin="round"
      />
      {isSilent && <path d="M4 3l16 18" stroke="currentColor" strokeWidth="2" />}
    </svg>
  );
}
