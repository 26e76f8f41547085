import { spawnSync } from 'node:child_process';

export interface PdfText {
  /** Of all pages, without spaces and breaks. */
  readonly text: string;
  readonly pages: number;
}

/** In a process of its own: the package loads itself by an import that Jest does not know. */
const script = `
  import { extractText, getDocumentProxy } from 'unpdf';
  const chunks = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  const document = await getDocumentProxy(new Uint8Array(Buffer.concat(chunks)));
  const { text, totalPages } = await extractText(document, { mergePages: true });
  console.log(JSON.stringify({ text, pages: totalPages }));`;

/** What somebody gets who copies all of a PDF. */
export function textOfPdf(file: Buffer): PdfText {
  const arguments_ = ['--input-type=module', '--eval', script];
  const { status, stdout, stderr } = spawnSync(process.execPath, arguments_, { input: file, encoding: 'utf8' });
  if (status !== 0) throw new Error(`the PDF was not read: ${stderr}`);
  const { text, pages } = JSON.parse(stdout) as PdfText;
  return { text: text.replaceAll(/\s+/g, ''), pages };
}
