import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { X509Certificate } from 'node:crypto';
import { mobileConfiguration } from './mobile-configuration.js';
import { qrAsSvg } from './qr-code.js';
import { type TrustTexts, trustTexts } from './trust-texts.js';

export interface TrustPage {
  /** Of the authority, PEM. */
  readonly certificate: string;
  /** Where this page is, such as `http://192.168.1.5:7780/`. */
  readonly here: string;
  /** Where the console is, such as `https://192.168.1.5:7743/`. */
  readonly console: string;
}

interface Answer {
  readonly type: string;
  readonly body: Buffer | string;
  readonly name?: string;
}

const headers = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
} as const;

/** Answers over plain HTTP with what a tablet needs to trust this PC, and with nothing else of the product. */
export function trustServer(page: () => TrustPage): Server {
  return createServer((request, response) => {
    const answer = request.method === 'GET' || request.method === 'HEAD' ? answerTo(request, page()) : undefined;
    if (answer) send(answer, request, response);
    else response.writeHead(404, { ...headers, 'content-type': 'text/plain' }).end('not found\n');
  });
}

function answerTo({ url = '/', headers: asked }: IncomingMessage, page: TrustPage): Answer | undefined {
  const { pathname, searchParams } = addressOf(url);
  switch (pathname) {
    case '/': {
      const wanted = searchParams.get('lang') ?? asked['accept-language'] ?? 'zh';
      return { type: 'text/html; charset=utf-8', body: pageIn(/^en/i.test(wanted) ? 'en' : 'zh', page) };
    }
    case '/yizhan.crt':
      return {
        type: 'application/x-x509-ca-cert',
        body: new X509Certificate(page.certificate).raw,
        name: 'yizhan.crt',
      };
    case '/yizhan.mobileconfig':
      return {
        type: 'application/x-apple-aspen-config',
        body: mobileConfiguration(page.certificate),
        name: 'yizhan.mobileconfig',
      };
    default:
      return undefined;
  }
}

/** What is no address at all is nothing that is here. */
const addressOf = (url: string): URL =>
  URL.canParse(url, 'http://localhost') ? new URL(url, 'http://localhost') : new URL('http://localhost/nothing');

function send({ type, body, name }: Answer, { method }: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, {
    ...headers,
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    ...(name !== undefined && { 'content-disposition': `attachment; filename="${name}"` }),
  });
  response.end(method === 'HEAD' ? undefined : body);
}

const style = `body{font:18px/1.6 system-ui,sans-serif;max-width:44rem;margin:0 auto;padding:1rem;color:#14231f;background:#fff}
h1{font-size:1.6rem}h2{font-size:1.2rem;margin:1.6rem 0 .4rem}figure{margin:1rem 0;max-width:15rem}figcaption{font-size:.9rem}
code{display:block;overflow-wrap:anywhere;font:16px/1.5 ui-monospace,monospace;padding:.6rem;background:#eef3f1;color:#14231f}
a.button{display:inline-block;padding:.8rem 1.2rem;min-height:1.5rem;background:#0b5d4b;color:#fff;border-radius:.5rem;text-decoration:none}
@media (prefers-color-scheme:dark){body{color:#e6efec;background:#101816}a{color:#7fd3bd}}`;

function pageIn(language: 'zh' | 'en', { certificate, here, console }: TrustPage): string {
  const texts = trustTexts[language];
  const other = language === 'zh' ? 'en' : 'zh';
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${texts.title}</title><style>${style}</style></head>
<body>
<p><a href="/?lang=${other}" hreflang="${other}">${texts.other}</a></p>
<h1>${texts.title}</h1>
<p>${texts.lead}</p>
<figure>${qrAsSvg(here)}<figcaption>${texts.scan}<br>${here}</figcaption></figure>
<p><strong>${texts.compare}</strong></p>
<code>${new X509Certificate(certificate).fingerprint256}</code>
${texts.steps.map(stepsOn).join('\n')}
<h2>${texts.open}</h2>
<p><a class="button" href="${console}">${console}</a></p>
<p>${texts.limits}</p>
</body>
</html>
`;
}

const stepsOn = ({ device, file, get, after }: TrustTexts['steps'][number]): string => `<h2>${device}</h2>
<ol><li><a class="button" href="/yizhan.${file}">${get}</a></li>${after.map((step) => `<li>${step}</li>`).join('')}</ol>`;
