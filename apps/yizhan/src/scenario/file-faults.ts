import { badInput, type Fault } from '@yizhan/process';
import type { ErrorObject } from 'ajv';

/** What is wrong in a file that people write, and where: a path such as `gates[0].stations[1].code`. */
export interface FieldFault {
  readonly field: string;
  readonly why: string;
}

/** One line that names the file, the first field to mend, and how many more there are. */
export function faultIn(file: string, what: string, [first, ...others]: readonly FieldFault[]): Fault {
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return badInput(`${file}: "${first?.field ?? ''}": ${first?.why ?? `is no ${what}`}${more}`);
}

export function schemaFault(error: ErrorObject): FieldFault {
  const path = error.instancePath
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((whole, part) => (/^\d+$/.test(part) ? `${whole}[${part}]` : whole === '' ? part : `${whole}.${part}`), '');
  return { field: fieldOf(path, error), why: reasonOf(error) };
}

function fieldOf(path: string, { params }: ErrorObject): string {
  const named =
    (params as Record<string, unknown>).missingProperty ?? (params as Record<string, unknown>).additionalProperty;
  if (typeof named !== 'string') return path;
  return path === '' ? named : `${path}.${named}`;
}

function reasonOf({ keyword, params, message, parentSchema }: ErrorObject): string {
  const given = params as Record<string, unknown>;
  switch (keyword) {
    case 'required':
      return 'is missing';
    case 'additionalProperties':
      return 'is not known here';
    case 'enum':
      return `must be one of ${(given.allowedValues as string[]).join(', ')}`;
    case 'discriminator':
      return 'kind must be fixed, triangular or lognormal';
    case 'pattern': {
      const meant: unknown = parentSchema?.description;
      return typeof meant === 'string' ? `must be ${meant}` : (message ?? keyword);
    }
    default:
      return message ?? keyword;
  }
}
