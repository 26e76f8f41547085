import { useMutation } from '@tanstack/react-query';
import { saveFile } from './save-file.js';
import { asking } from './yizhan.js';

interface Wanted {
  /** What the file is called. */
  readonly name: string;
  /** Reads it as a blob, whatever the API says of its form. */
  read(): Promise<unknown>;
}

/** Reads a file with the token of whoever is signed in, and has the browser save it. */
export function useDownload() {
  return useMutation({
    mutationFn: async ({ name, read }: Wanted) => {
      const file = await asking(read);
      if (!(file instanceof Blob)) throw new Error(`${name} came in no form that can be saved`);
      saveFile(name, file);
    },
  });
}
