import { message } from '../../base/message.ts';
import { shortened } from '../../base/visibleText.ts';
import { attributeOf, textAttribute, type RawSpan } from '../../trace/rawSpan.ts';
import type { Unmapped } from '../match.ts';
import { unmapped } from './handlerMatch.ts';
import { placeOf, serviceOf, type LadderState } from './ladderState.ts';
import { isSending } from './messageOperation.ts';
import { inAnotherLanguage } from './servicePlace.ts';

const longestPath = 200;

/** Why a span that no step knows has no line, and what would help. */
export function whyUnmapped(span: RawSpan, row: number, state: LadderState): Unmapped {
  const { attributes, kind } = span;
  const foreign = foreignService(span, row, state);
  if (foreign !== undefined) return foreign;
  if (state.isMessage[row] === 1 ? isSending(span) : kind === 'producer') {
    return unmapped(
      'sending',
      message('A message is sent; the span does not say from which line.'),
    );
  }
  if (kind === 'client') {
    return unmapped(
      'outgoing',
      message('An outgoing call; the span does not say from which line.'),
    );
  }
  if (textAttribute(attributes, 'express.type', 'fastify.type', 'router.type') !== undefined) {
    return unmapped(
      'framework',
      message('Code of the framework, or a middleware given to it; the span does not say which.'),
    );
  }
  const library = libraryWork(span);
  if (library !== undefined) return unmapped('framework', library);
  const file = textAttribute(attributes, 'code.file.path', 'code.filepath');
  if (file !== undefined) {
    return unmapped(
      'fileElsewhere',
      message('{0}, the file it names, is not in the workspace.', shortened(file, longestPath)),
    );
  }
  if (kind === 'consumer') {
    return unmapped('unnamedMessage', message('The span does not say what it consumes.'));
  }
  return unmapped(
    'namesNoCode',
    message('Nothing in the span says which code made it; code.* attributes would.'),
  );
}

/** Proxies, and services of which no code is here because it isn't read. */
function foreignService(
  { attributes, scope }: RawSpan,
  row: number,
  state: LadderState,
): Unmapped | undefined {
  const service = serviceOf(state, row);
  if (attributeOf(attributes, 'traefik.service.name') !== undefined || scope.includes('traefik')) {
    return unmapped('proxy', message('{0} is a proxy: its spans have no code here.', service));
  }
  return inAnotherLanguage(service, placeOf(state, row));
}

/** What libraries do of themselves: GraphQL between its resolvers, Node.js below a request. */
function libraryWork({ name, scope, attributes }: RawSpan): string | undefined {
  const field = textAttribute(attributes, 'graphql.field.name');
  if (field !== undefined) {
    const parent = textAttribute(attributes, 'graphql.parent.name') ?? '';
    const shown = parent === '' ? field : `${parent}.${field}`;
    return message(
      'No resolver was found for {0}: without one, GraphQL reads the property.',
      shown,
    );
  }
  if (/^graphql\.(?:parse|validate|execute|parseSchema)\b/.test(name)) {
    return message('GraphQL itself: the spans of its fields lead to their resolvers.');
  }
  return /^@opentelemetry\/instrumentation-(?:net|dns|fs)$/.test(scope)
    ? message('Node.js itself: the span above it is of the code that asked for this.')
    : undefined;
}
