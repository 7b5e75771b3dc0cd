import { textAttribute, type RawSpan } from '../../trace/rawSpan.ts';
import { rootFields } from './graphqlFields.ts';

const rootTypes: Readonly<Record<string, string>> = {
  query: 'Query',
  mutation: 'Mutation',
  subscription: 'Subscription',
};

/** What a span of instrumentation-graphql asks for or resolves. */
export interface AskedFields {
  /** GraphQL type that has them. */
  readonly parent: string;
  /** Each once; one for the span of a field. */
  readonly fields: readonly string[];
  readonly isOperation: boolean;
}

/** Undefined: no span of an operation or a field, or one that doesn't say of which. */
export function fieldsOfSpan({ attributes }: RawSpan): AskedFields | undefined {
  const field = textAttribute(attributes, 'graphql.field.name');
  if (field !== undefined) {
    const parent = textAttribute(attributes, 'graphql.parent.name') ?? '';
    return parent === '' ? undefined : { parent, fields: [field], isOperation: false };
  }
  const type = textAttribute(attributes, 'graphql.operation.type') ?? '';
  const parent = Object.hasOwn(rootTypes, type) ? rootTypes[type] : undefined;
  if (parent === undefined) return undefined;
  const document = textAttribute(attributes, 'graphql.source', 'graphql.document') ?? '';
  const name = textAttribute(attributes, 'graphql.operation.name');
  const fields = rootFields(document, name);
  return fields === undefined ? undefined : { parent, fields, isOperation: true };
}
