/** What the page says by which a tablet trusts this PC. */
export interface TrustTexts {
  readonly title: string;
  readonly lead: string;
  readonly scan: string;
  readonly compare: string;
  readonly steps: readonly {
    readonly device: string;
    readonly file: 'crt' | 'mobileconfig';
    readonly get: string;
    readonly after: readonly string[];
  }[];
  readonly open: string;
  readonly limits: string;
  readonly other: string;
}

export const trustTexts: Readonly<Record<'zh' | 'en', TrustTexts>> = {
  zh: {
    title: '信任本站电脑',
    lead: '每台平板只需做一次。之后平板可安装驿站、离线工作、使用摄像头。',
    scan: '用平板扫描此二维码打开本页',
    compare: '安装前请核对：以下指纹须与站点电脑窗口中显示的完全一致，否则不要安装。',
    steps: [
      {
        device: '安卓平板或手机',
        file: 'crt',
        get: '下载证书',
        after: [
          '打开“设置”，搜索“CA 证书”（一般在 安全 → 加密与凭据 → 安装证书 → CA 证书）。',
          '选择“仍然安装”，然后选中刚下载的 yizhan.crt。',
        ],
      },
      {
        device: 'iPad 或 iPhone（用 Safari 打开本页）',
        file: 'mobileconfig',
        get: '下载描述文件',
        after: [
          '打开“设置”，点顶部的“已下载描述文件”，点“安装”。',
          '再到 设置 → 通用 → 关于本机 → 证书信任设置，打开“Yizhan station”的开关。',
        ],
      },
      {
        device: 'Windows 平板或电脑',
        file: 'crt',
        get: '下载证书',
        after: [
          '双击 yizhan.crt，点“安装证书”，选“当前用户”。',
          '选“将所有的证书都放入下列存储”→“受信任的根证书颁发机构”，完成后重新打开浏览器。',
        ],
      },
    ],
    open: '装好后打开驿站',
    limits: '此证书只对本地网络地址有效，不能用于任何互联网网站。不再需要时可在设置中删除。',
    other: 'English',
  },
  en: {
    title: 'Trust the PC of this station',
    lead: 'Once for each tablet. From then on it can install Yizhan, work without a network, and use its camera.',
    scan: 'Scan this with the tablet to open this page',
    compare:
      'Before you install: this fingerprint must be, character by character, the one in the window of the station’s PC. Otherwise do not install.',
    steps: [
      {
        device: 'Android',
        file: 'crt',
        get: 'Download the certificate',
        after: [
          'Open Settings and search for “CA certificate” (mostly Security → Encryption & credentials → Install a certificate → CA certificate).',
          'Choose “Install anyway”, then the file yizhan.crt.',
        ],
      },
      {
        device: 'iPad or iPhone (open this page in Safari)',
        file: 'mobileconfig',
        get: 'Download the profile',
        after: [
          'Open Settings, tap “Profile Downloaded” at the top, then “Install”.',
          'In Settings → General → About → Certificate Trust Settings switch “Yizhan station” on.',
        ],
      },
      {
        device: 'Windows',
        file: 'crt',
        get: 'Download the certificate',
        after: [
          'Double-click yizhan.crt, then “Install Certificate”, “Current User”.',
          'Choose “Place all certificates in the following store”, “Trusted Root Certification Authorities”, and open the browser again.',
        ],
      },
    ],
    open: 'Then open Yizhan',
    limits:
      'The certificate holds for addresses of local networks alone, and for no site of the internet. Remove it in the settings when it is not needed any more.',
    other: '中文',
  },
};
