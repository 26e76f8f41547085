interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly definitions?: Readonly<Record<string, Schema>>;
}

/** Every field that a schema names, such as `signatures[].role`. */
export function dataPathsOf(root: Schema): string[] {
  const walk = (schema: Schema, path: string): string[] => [
    ...[...(schema.allOf ?? []), ...(schema.anyOf ?? [])].flatMap((each) => walk(each, path)),
    ...(schema.$ref ? walk(definition(root, schema.$ref), path) : []),
    ...(schema.items ? walk(schema.items, `${path}[]`) : []),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, field]) => [
      `${path}.${name}`,
      ...walk(field, `${path}.${name}`),
    ]),
  ];
  return walk(root, '');
}

/** Every field that a document has, in the same words. */
export function pathsIn(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => pathsIn(item, `${path}[]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => [`${path}.${name}`, ...pathsIn(part, `${path}.${name}`)]);
}

function definition({ definitions }: Schema, reference: string): Schema {
  const found = definitions?.[reference.slice('#/definitions/'.length)];
  if (!found) throw new Error(`the schema has no ${reference}`);
  return found;
}
