import ts from 'typescript';
import { found, TypesProgram } from './types-program.js';

/** A JSON Schema, draft-07: what AsyncAPI, OpenAPI 3.1 and every validator read. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

const plain: Readonly<Partial<Record<ts.SyntaxKind, JsonSchema>>> = {
  [ts.SyntaxKind.StringKeyword]: { type: 'string', minLength: 1 },
  [ts.SyntaxKind.NumberKeyword]: { type: 'number' },
  [ts.SyntaxKind.BooleanKeyword]: { type: 'boolean' },
  // Any object: what is in it is said elsewhere.
  [ts.SyntaxKind.ObjectKeyword]: { type: 'object' },
};

/** Tags of doc comments that are keywords of JSON Schema, and how their text is read. */
const keywords: Readonly<Record<string, (text: string) => JsonSchema>> = {
  format: (format) => ({ format }),
  pattern: (pattern) => ({ pattern }),
  maxLength: (text) => ({ maxLength: Number(text) }),
  minimum: (text) => ({ minimum: Number(text) }),
  maximum: (text) => ({ maximum: Number(text) }),
  asType: (type) => ({ type }),
};

const refTo = (name: string): JsonSchema => ({ $ref: `#/definitions/${name}` });

/**
 * Writes types as schemas. Named types become definitions. @throws Error for what JSON Schema has no form for here, so that
 * nothing is left out unseen.
 */
export class SchemasOf {
  readonly #types: TypesProgram;
  readonly #definitions = new Map<string, JsonSchema>();

  constructor(...paths: readonly string[]) {
    this.#types = new TypesProgram(...paths);
  }

  /** Each member of an exported interface whose members are objects, by its name. */
  membersOf(name: string): ReadonlyMap<string, JsonSchema> {
    const { checker } = this.#types;
    const members = this.#types.fieldsOf(name);
    return new Map(members.map((member) => [member.name, this.#object(checker.getTypeOfSymbol(member))]));
  }

  /** An exported interface; a field that is named in `instead` gets that schema and keeps its comment. */
  interface(name: string, instead: Readonly<Record<string, JsonSchema>>): JsonSchema {
    return this.#objectOf(this.#types.fieldsOf(name), instead);
  }

  /** The definitions that schemas refer to, and those that these refer to, by name. */
  definitionsFor(schema: unknown): Readonly<Record<string, JsonSchema>> {
    const wanted = new Set<string>();
    const add = (part: unknown): void => {
      for (const [, name = ''] of JSON.stringify(part).matchAll(/"#\/definitions\/(\w+)"/g)) {
        if (wanted.has(name)) continue;
        wanted.add(name);
        add(this.#definitions.get(name));
      }
    };
    add(schema);
    const names = [...wanted].toSorted();
    return Object.fromEntries(names.map((name) => [name, found(this.#definitions.get(name), name)]));
  }

  #object(type: ts.Type): JsonSchema {
    return this.#objectOf(this.#types.checker.getPropertiesOfType(type), {});
  }

  #objectOf(fields: readonly ts.Symbol[], instead: Readonly<Record<string, JsonSchema>>): JsonSchema {
    const required = fields.filter(({ flags }) => (flags & ts.SymbolFlags.Optional) === 0).map(({ name }) => name);
    const properties = fields.map((field) => [
      field.name,
      described(instead[field.name] ?? this.#field(field), this.#saidOf(field)),
    ]);
    return { type: 'object', required, properties: Object.fromEntries(properties) as JsonSchema };
  }

  #field(field: ts.Symbol): JsonSchema {
    const declaration = field.valueDeclaration;
    if (!declaration || !ts.isPropertySignature(declaration)) throw new Error(`${field.name} is declared as no field`);
    return this.#node(found(declaration.type, `type of ${field.name}`));
  }

  #node(node: ts.TypeNode): JsonSchema {
    const schema = plain[node.kind];
    if (schema) return schema;
    if (ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal)) return { const: node.literal.text };
    if (ts.isLiteralTypeNode(node) && node.literal.kind === ts.SyntaxKind.NullKeyword) return { type: 'null' };
    if (ts.isTypeOperatorNode(node) && node.operator === ts.SyntaxKind.ReadonlyKeyword) return this.#node(node.type);
    if (ts.isArrayTypeNode(node)) return { type: 'array', items: this.#node(node.elementType) };
    if (ts.isTypeLiteralNode(node)) return this.#object(this.#types.checker.getTypeFromTypeNode(node));
    if (ts.isUnionTypeNode(node)) return this.#union(node);
    if (ts.isTypeReferenceNode(node) && !node.typeArguments) return this.#named(node.typeName);
    throw new Error(`there is no schema for ${node.getText()}`);
  }

  #union({ types }: ts.UnionTypeNode): JsonSchema {
    const members = types.map((each) => this.#node(each));
    const texts = members.map((member) => member.const).filter((value) => value !== undefined);
    return texts.length === members.length ? { type: 'string', enum: texts } : { anyOf: members };
  }

  #named(name: ts.EntityName): JsonSchema {
    const text = name.getText();
    if (!this.#definitions.has(text)) {
      const symbol = found(this.#types.checker.getSymbolAtLocation(name), text);
      const target = symbol.flags & ts.SymbolFlags.Alias ? this.#types.checker.getAliasedSymbol(symbol) : symbol;
      this.#definitions.set(text, described(this.#declared(target), this.#saidOf(target)));
    }
    return refTo(text);
  }

  #declared(symbol: ts.Symbol): JsonSchema {
    const declaration = symbol.declarations?.[0];
    if (declaration && ts.isInterfaceDeclaration(declaration)) {
      return this.#object(this.#types.checker.getDeclaredTypeOfSymbol(symbol));
    }
    if (declaration && ts.isTypeAliasDeclaration(declaration)) return this.#node(declaration.type);
    throw new Error(`${symbol.name} is no interface and no alias`);
  }

  #saidOf(symbol: ts.Symbol): JsonSchema {
    const tags = symbol.getJsDocTags(this.#types.checker).map(({ name, text }) => {
      const keyword = keywords[name];
      if (!keyword) throw new Error(`@${name} of ${symbol.name} is no keyword: see docs/generate/schemas-of-types.ts`);
      return keyword(ts.displayPartsToString(text).trim());
    });
    const description = this.#types.commentOf(symbol);
    return Object.assign({}, ...tags, description === '' ? {} : { description }) as JsonSchema;
  }
}

/** In draft-07 a reference has nothing beside it. */
function described(schema: JsonSchema, said: JsonSchema): JsonSchema {
  if (Object.keys(said).length === 0) return schema;
  return schema.$ref === undefined ? { ...schema, ...said } : { ...said, allOf: [schema] };
}
