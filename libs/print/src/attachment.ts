/** Content-Disposition of a file to be saved under a name, which may be in Chinese (RFC 6266). */
export function attachment(name: string): string {
  return `attachment; filename="${name.replaceAll(/[^\w.-]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(name)}`;
}
