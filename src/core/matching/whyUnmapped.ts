import { message } from '../base/message.ts';
import { shortened } from '../base/visibleText.ts';
import { textAttribute, type RawSpan } from '../trace/rawSpan.ts';
import type { Unmapped } from './match.ts';
import { unmapped } from './handlerMatch.ts';
import { placeOf, serviceOf, type MatchContext } from './matchContext.ts';
import { isSending } from './messages/messageOperation.ts';
import { inAnotherLanguage } from './servicePlace.ts';

const longestPath = 200;

/** Why a span that no step knows has no line, and what would help. */
export function whyUnmapped(span: RawSpan, row: number, context: MatchContext): Unmapped {
  const { attributes, kind } = span;
  const foreign = inAnotherLanguage(serviceOf(row, context), placeOf(row, context), context.index);
  if (foreign !== undefined) return foreign;
  if (context.isMessage[row] === 1 ? isSending(span) : kind === 'producer') {
    return unmapped('sending', message("Message sent; the line isn't recorded."));
  }
  if (kind === 'client') {
    return unmapped('outgoing', message("Outgoing call; the line isn't recorded."));
  }
  if (
    context.isFramework[row] === 1 &&
    textAttribute(attributes, 'express.type', 'fastify.type', 'router.type') !== undefined
  ) {
    return unmapped(
      'framework',
      message("Framework code or a middleware; the span doesn't record which."),
    );
  }
  const library = libraryWork(span);
  if (library !== undefined) return unmapped('framework', library);
  const file = textAttribute(attributes, 'code.file.path', 'code.filepath');
  if (file !== undefined) {
    return unmapped(
      'fileElsewhere',
      message(
        "{0}, the file recorded on the span, isn't in the workspace.",
        shortened(file, longestPath),
      ),
    );
  }
  if (kind === 'consumer') {
    return unmapped('unnamedMessage', message('The span has no topic or queue name.'));
  }
  return unmapped(
    'namesNoCode',
    message('No code location recorded. Add code.* attributes to the span.'),
  );
}

/** What libraries do of themselves: GraphQL between its resolvers, Node.js below a request. */
function libraryWork({ name, scope, attributes }: RawSpan): string | undefined {
  const field = textAttribute(attributes, 'graphql.field.name');
  if (field !== undefined) {
    const parent = textAttribute(attributes, 'graphql.parent.name') ?? '';
    const shown = parent === '' ? field : `${parent}.${field}`;
    return message('No resolver for {0}; GraphQL reads the property.', shown);
  }
  if (/^graphql\.(?:parse|validate|execute|parseSchema)\b/.test(name)) {
    return message("GraphQL internals; open a field's span for its resolver.");
  }
  return /^@opentelemetry\/instrumentation-(?:net|dns|fs)$/.test(scope)
    ? message('Node.js internals; the span above is the caller.')
    : undefined;
}
