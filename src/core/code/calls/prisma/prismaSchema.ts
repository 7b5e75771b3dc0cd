/** A model (or view) of a schema. */
export interface SchemaModel {
  readonly name: string;
  /** Its table or collection in the database, without schema. */
  readonly table: string;
  /** Types of its fields, and what it extends: models it has relations to, and enums. */
  readonly related: readonly string[];
  /** Its named relations: the table between two models that list each other is called `_` and that name. */
  readonly relations: readonly string[];
}

const header =
  /^[ \t]*(?:model|view)[ \t]+([A-Za-z]\w*)[ \t]*((?:(?:extends|with)[ \t][\w \t,]*)?)\{/gm;

/** The models (and views) of a schema.prisma or a ZenStack's schema.zmodel; comments don't count. */
export function readSchemaModels(text: string): readonly SchemaModel[] {
  const plain = text.replaceAll(/("(?:[^"\\\n]|\\.)*")|\/\/[^\n]*/g, '$1');
  const headers = [...plain.matchAll(header)];
  return headers.map((found, position) => {
    const [whole, name = '', bases = ''] = found;
    // Where a block isn't closed yet, the next begins all the same.
    const rest = plain.slice(found.index + whole.length, headers[position + 1]?.index);
    const end = rest.search(/^[ \t]*\}|\}[ \t\r]*$/m);
    return describe(name, bases, end === -1 ? rest : rest.slice(0, end));
  });
}

function describe(name: string, bases: string, body: string): SchemaModel {
  const types = [
    ...bases.matchAll(/\b(?!extends\b|with\b)([A-Za-z]\w*)/g),
    ...body.matchAll(/^[ \t]*\w+[ \t]+([A-Za-z]\w*)/gm),
  ].map(([, type = '']) => type);
  const relations = body.matchAll(/@relation\(\s*(?:name:\s*)?"([^"]+)"/g);
  return {
    name,
    table: /^[ \t]*@@map\(\s*(?:name:\s*)?"([^"]+)"/m.exec(body)?.[1] ?? name,
    related: [...new Set(types.filter((type) => !scalars.has(type)))],
    relations: [...new Set([...relations].map(([, relation = '']) => relation))],
  };
}

const scalars = new Set([
  'String',
  'Boolean',
  'Int',
  'BigInt',
  'Float',
  'Decimal',
  'DateTime',
  'Json',
  'Bytes',
  'Unsupported',
]);
