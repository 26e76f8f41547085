import ts from 'typescript';
import { onOneLine, TypesProgram } from './types-program.js';

/** A field as its declaration says it. */
export interface DescribedField {
  readonly name: string;
  readonly optional: boolean;
  /** As written in the source, such as `readonly Signature[]`. */
  readonly type: string;
  /** The texts that are possible, where it is one of some texts. */
  readonly texts: readonly string[];
  /** Its doc comment on one line; empty where there is none. */
  readonly comment: string;
}

/** An interface with its fields, or an alias of some texts. */
export interface DescribedType {
  readonly name: string;
  readonly comment: string;
  readonly fields: readonly DescribedField[];
  readonly texts: readonly string[];
}

/** Reads types out of their source, as pages describe them. */
export class TypesOf {
  readonly #types: TypesProgram;

  constructor(...paths: readonly string[]) {
    this.#types = new TypesProgram(...paths);
  }

  /** Every exported interface and alias, in the order of the files. */
  exported(): DescribedType[] {
    const { checker } = this.#types;
    return this.#types.exported().map((node) => {
      const type = checker.getTypeAtLocation(node);
      return {
        name: node.name.text,
        comment: this.#types.commentOf(checker.getSymbolAtLocation(node.name)),
        fields: ts.isInterfaceDeclaration(node) ? this.#described(checker.getPropertiesOfType(type)) : [],
        texts: textsOf(type),
      };
    });
  }

  /** The fields of each member of an exported interface, by the member's name; inherited and joined ones too. */
  membersOf(name: string): ReadonlyMap<string, readonly DescribedField[]> {
    const { checker } = this.#types;
    const fieldsOf = (member: ts.Symbol): ts.Symbol[] => checker.getPropertiesOfType(checker.getTypeOfSymbol(member));
    return new Map(this.#types.fieldsOf(name).map((member) => [member.name, this.#described(fieldsOf(member))]));
  }

  #described(fields: readonly ts.Symbol[]): DescribedField[] {
    return fields.map((field) => ({
      name: field.name,
      optional: (field.flags & ts.SymbolFlags.Optional) !== 0,
      type: typeOf(field),
      texts: textsOf(this.#types.checker.getTypeOfSymbol(field)),
      comment: this.#types.commentOf(field),
    }));
  }
}

function typeOf({ valueDeclaration: declaration }: ts.Symbol): string {
  if (!declaration || !ts.isPropertySignature(declaration)) return '';
  return onOneLine(declaration.type?.getText() ?? '');
}

/** `'a' | 'b'` is `a` and `b`; whether the field may be missing is said elsewhere. */
function textsOf(type: ts.Type): string[] {
  const members = (type.isUnion() ? type.types : [type]).filter(({ flags }) => (flags & ts.TypeFlags.Undefined) === 0);
  return members.every((member) => member.isStringLiteral()) ? members.map(({ value }) => value) : [];
}
