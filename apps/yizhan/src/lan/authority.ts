import 'reflect-metadata';
import { createPrivateKey, KeyObject, randomBytes, webcrypto, X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  cryptoProvider,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate as ParsedCertificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import type { Clock } from '@yizhan/kernel';
import { environmentFault } from '@yizhan/process';
import { type DataDirectory, writePrivately } from '../runtime/data/data-directory.js';
import { nameConstraints } from './name-constraints.js';

/** A certificate and its key, both PEM. */
export interface KeyPair {
  readonly certificate: string;
  readonly key: string;
}

const day = 86_400_000;
/** Tablets trust it by hand, so it lasts; the names that it can sign for are few. */
const authorityLife = 3_650 * day;
/** Short, as nobody can take it back: an authority that lies beside it makes the next. */
export const leafLife = 14 * day;
/** For a tablet whose clock is behind. */
const backdated = day;
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

cryptoProvider.set(webcrypto);

/** Where it lies: its key and its certificate in one file, that no crash leaves with one of them. */
export const authorityFile = (directory: DataDirectory): string => join(directory.keysFolder, 'lan-authority.json');

/** Reads the local authority. @returns undefined where none was made. @throws Fault where the file is damaged. */
export function readAuthority(directory: DataDirectory): KeyPair | undefined {
  const file = authorityFile(directory);
  if (!existsSync(file)) return undefined;
  try {
    const { certificate, key } = JSON.parse(readFileSync(file, 'utf8')) as KeyPair;
    if (new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key))) return { certificate, key };
  } catch {
    // Told below.
  }
  throw environmentFault(
    `${file} is damaged`,
    'Put it back from a backup, or remove it: a new one is made, which every tablet has to trust anew.',
  );
}

/** The authority of this data directory: made at the first need, and anew when it has run out. */
export async function ensureAuthority(
  directory: DataDirectory,
  clock: Clock,
  tell: (line: string) => void,
): Promise<KeyPair> {
  const found = readAuthority(directory);
  if (found && Date.parse(new X509Certificate(found.certificate).validTo) > clock.now() + leafLife) return found;
  if (found) tell('the local authority has run out: a new one is made, which every tablet has to trust anew');
  const made = await makeAuthority(clock);
  mkdirSync(directory.keysFolder, { recursive: true, mode: 0o700 });
  writePrivately(authorityFile(directory), JSON.stringify(made));
  return made;
}

/** Makes an authority that can sign for local networks and names alone. */
export async function makeAuthority(clock: Clock): Promise<KeyPair> {
  const keys = await newKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerialNumber(),
    // Tells the authority of this PC from that of another in the list of a tablet.
    name: [{ CN: [`Yizhan station ${randomBytes(3).toString('hex')}`] }, { O: ['Yizhan'] }],
    notBefore: new Date(clock.now() - backdated),
    notAfter: new Date(clock.now() + authorityLife),
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      nameConstraints(),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: certificate.toString('pem'), key: pemOf(keys.privateKey) };
}

/** Signs a certificate for one machine. @param names its IP addresses and DNS names. */
export async function issueCertificate(authority: KeyPair, names: readonly string[], clock: Clock): Promise<KeyPair> {
  const keys = await newKeys();
  const signingKey = await webcrypto.subtle.importKey(
    'pkcs8',
    createPrivateKey(authority.key).export({ type: 'pkcs8', format: 'der' }),
    algorithm,
    false,
    ['sign'],
  );
  const issuer = new ParsedCertificate(authority.certificate);
  const certificate = await X509CertificateGenerator.create({
    serialNumber: newSerialNumber(),
    subject: [{ CN: [names[0] ?? 'Yizhan'] }],
    issuer: issuer.subjectName,
    notBefore: new Date(clock.now() - backdated),
    notAfter: new Date(clock.now() + leafLife),
    publicKey: keys.publicKey,
    signingKey,
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(names.map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value }))),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      await AuthorityKeyIdentifierExtension.create(issuer.publicKey),
    ],
  });
  return { certificate: certificate.toString('pem'), key: pemOf(keys.privateKey) };
}

/** As a person compares it: `AB:CD:…`, SHA-256. */
export const fingerprintOf = (certificate: string): string => new X509Certificate(certificate).fingerprint256;

const newKeys = (): Promise<webcrypto.CryptoKeyPair> =>
  webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

const pemOf = (key: webcrypto.CryptoKey): string =>
  KeyObject.from(key).export({ type: 'pkcs8', format: 'pem' }).toString();

/** 127 random bits: positive, and never the same twice. */
function newSerialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString('hex');
}
