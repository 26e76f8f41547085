import { createHash, X509Certificate } from 'node:crypto';

/** A UUID that is always the same for the same authority: who installs it twice has it once. */
function uuidOf(purpose: string, fingerprint: string): string {
  const hex = createHash('sha256').update(`${purpose}/${fingerprint}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`.toUpperCase();
}

/** A configuration profile of Apple that holds an authority and nothing else. @param certificate PEM. */
export function mobileConfiguration(certificate: string): string {
  const { raw, fingerprint256 } = new X509Certificate(certificate);
  const lines = raw.toString('base64').replaceAll(/.{64}/g, '$&\n');
  const id = `yizhan.${uuidOf('name', fingerprint256).slice(0, 8).toLowerCase()}`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>PayloadType</key><string>Configuration</string>
  <key>PayloadVersion</key><integer>1</integer>
  <key>PayloadIdentifier</key><string>${id}</string>
  <key>PayloadUUID</key><string>${uuidOf('profile', fingerprint256)}</string>
  <key>PayloadDisplayName</key><string>驿站 Yizhan</string>
  <key>PayloadDescription</key><string>Trusts the PC of this station, for addresses of local networks alone.</string>
  <key>PayloadContent</key>
  <array>
    <dict>
      <key>PayloadType</key><string>com.apple.security.root</string>
      <key>PayloadVersion</key><integer>1</integer>
      <key>PayloadIdentifier</key><string>${id}.authority</string>
      <key>PayloadUUID</key><string>${uuidOf('authority', fingerprint256)}</string>
      <key>PayloadDisplayName</key><string>驿站 Yizhan</string>
      <key>PayloadCertificateFileName</key><string>yizhan.crt</string>
      <key>PayloadContent</key>
      <data>
${lines}
      </data>
    </dict>
  </array>
</dict>
</plist>
`;
}
