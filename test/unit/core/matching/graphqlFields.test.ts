import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Kind, parse, type DocumentNode, type SelectionSetNode } from 'graphql';
import {
  mentionedFields,
  rootFields,
} from '../../../../src/core/matching/graphql/graphqlFields.ts';

const name = fc.constantFrom('orders', 'order', 'on', 'type', 'id', 'fragment', 'query');
const value = fc.constantFrom(
  '1',
  '-1.5',
  '"}{)("',
  '"\\""',
  '"""} " ("""',
  'ENUM',
  '$v',
  '[1, {a: "]"}]',
);
const argumentList = fc
  .array(fc.tuple(name, value), { maxLength: 2 })
  .map((all) => (all.length === 0 ? '' : `(${all.map(([key, of]) => `${key}: ${of}`).join(' ')})`));
const directive = fc.constantFrom('', '', ' @include(if: $v)', ' @live');
const gap = fc.constantFrom(' ', '\n', ', ', ' # } not { this\n');

const { selections } = fc.letrec<{ selections: string; selection: string }>((tie) => ({
  selections: fc
    .tuple(fc.array(tie('selection'), { minLength: 1, maxLength: 3 }), gap)
    .map(([all, between]) => `{${between}${all.join(between)}${between}}`),
  selection: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'selections' },
    fc
      .tuple(fc.constantFrom('', '', 'a: '), name, argumentList, directive)
      .map((all) => all.join('')),
    fc.constantFrom('...Parts', '... Parts @live', '__typename'),
    fc.tuple(name, argumentList, directive, tie('selections')).map((all) => all.join(' ')),
    fc
      .tuple(fc.constantFrom('...', '... on Query'), directive, tie('selections'))
      .map((all) => all.join(' ')),
  ),
}));
const documents = fc
  .tuple(
    fc.constantFrom(
      '',
      'query Q',
      'query Q($v: [Int!] = [1], $w: In = {a: "{"})',
      'mutation M @live',
      'subscription S',
    ),
    selections,
    fc.tuple(name, argumentList).map((all) => all.join('')),
  )
  .map(([head, body, field]) => `${head} ${body} fragment Parts on Query { ${field} }`);

describe('a GraphQL document', () => {
  it('asks for the root fields that the reference parser finds', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const expected = new Set<string>();
        collect(operationOf(parse(document)), parse(document), expected);
        assert.deepEqual(new Set(rootFields(document)), expected, document);
      }),
    );
  });

  it('mentions each of its fields', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const mentioned = mentionedFields(document);
        for (const field of allFields(parse(document))) assert.ok(mentioned.has(field), field);
      }),
    );
  });

  it('is read as instrumentation-graphql writes it, with `*` for its values, which is no GraphQL', () => {
    const document = 'query Q { orders(first: * ids: [* *] text: "*") { id } }';
    assert.throws(() => parse(document));
    assert.deepEqual(rootFields(document), ['orders']);
    const withBlock = "query Q { orders(text: it's a block) { id } }";
    assert.throws(() => parse(withBlock));
    assert.deepEqual(rootFields(withBlock), ['orders']);
  });
});

const operationOf = (document: DocumentNode): SelectionSetNode =>
  document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION)!.selectionSet;

function collect(set: SelectionSetNode, document: DocumentNode, fields: Set<string>): void {
  for (const one of set.selections) {
    if (one.kind === Kind.INLINE_FRAGMENT) collect(one.selectionSet, document, fields);
    else if (one.kind === Kind.FIELD && !one.name.value.startsWith('__'))
      fields.add(one.name.value);
    else if (one.kind === Kind.FRAGMENT_SPREAD) collect(fragmentOf(document), document, fields);
  }
}

const fragmentOf = (document: DocumentNode): SelectionSetNode =>
  document.definitions.find((one) => one.kind === Kind.FRAGMENT_DEFINITION)!.selectionSet;

function allFields(document: DocumentNode): ReadonlySet<string> {
  const fields = new Set<string>();
  JSON.stringify(document, (key, node: { kind?: string; name?: { value: string } } | undefined) => {
    if (node?.kind === Kind.FIELD && node.name) fields.add(node.name.value);
    return key === 'loc' ? undefined : node;
  });
  return fields;
}
