import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { badInput, messageOf } from './fault.js';

/** @param name of the variable that names the file, for the fault. @throws Fault where it cannot be read. */
export function readNamedFile(file: string, name: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw badInput(`${name}: ${messageOf(error)}`, 'Name a file that this process may read.');
  }
}

/** A password alone in a file; a line feed at its end is none of it. @throws Fault where there is none. */
export function readPasswordFile(file: string, name: string): string {
  const password = readNamedFile(file, name).replace(/\r?\n$/, '');
  if (password !== '') return password;
  throw badInput(`${name}: ${file} is empty`, 'Write the password into it, and nothing else.');
}

/** Certificates in PEM form. @throws Fault for a file that cannot be read or holds none. */
export function readCertificate(file: string, name: string): string {
  try {
    const text = readFileSync(file, 'utf8');
    // Node's TLS takes what is no certificate without a word.
    void new X509Certificate(text);
    return text;
  } catch (error) {
    throw badInput(`${name}=${file} cannot be used: ${messageOf(error)}`, 'Name a file in PEM form.');
  }
}
