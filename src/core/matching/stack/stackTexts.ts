import { withoutEscapes } from '../../base/escapeSequences.ts';
import { textAttribute, type Attributes, type RawSpan } from '../../trace/rawSpan.ts';

/** A stack trace as a span carries it, with what it says of the error. */
export interface StackText {
  /** Class or code of the error: `TypeError`, `P2002`; of a stack that is no error's, the attribute's name. */
  readonly type: string;
  /** Without the colors that Prisma's "pretty" errors have. */
  readonly message: string;
  readonly stack: string;
  /** False for the place where a span was made. */
  readonly isFailure: boolean;
}

const maxEvents = 20;

/** OpenTelemetry's, Datadog's, Elastic's and OpenTracing's names. */
const stackKeys = [
  'exception.stacktrace',
  'exception.stack',
  'error.stack',
  'error.stack_trace',
  'error.stacktrace',
  'stacktrace',
  'stack',
] as const;
const typeKeys = ['exception.type', 'error.type', 'error.name', 'error.kind'] as const;
const messageKeys = ['exception.message', 'error.message', 'error.msg', 'message'] as const;
/** Prisma's messages hold a place: some exporters keep nothing else of an exception. */
const prismaInvocation = '` invocation in\n';
const ownStackKey = 'code.stacktrace';

/** The stack traces of a span, in its events and attributes, each once; exceptions without one count too. */
export function stackTexts({ events, attributes, statusMessage }: RawSpan): readonly StackText[] {
  const texts: StackText[] = [];
  for (const event of events.slice(0, maxEvents)) {
    const text = failureText(event.attributes, event.name === 'exception');
    if (text !== undefined) texts.push(text);
  }
  const own = failureText(attributes, false);
  if (own !== undefined) texts.push(own);
  const made = textAttribute(attributes, ownStackKey);
  if (made !== undefined) {
    texts.push({ type: ownStackKey, message: '', stack: made, isFailure: false });
  }
  const said = texts.length === 0 ? withoutEscapes(statusMessage) : '';
  if (said.includes(prismaInvocation)) {
    texts.push({ type: '', message: said, stack: '', isFailure: true });
  }
  return texts.filter(
    ({ stack, message }, position) =>
      texts.findIndex((other) => other.stack === stack && other.message === message) === position,
  );
}

function failureText(attributes: Attributes, isException: boolean): StackText | undefined {
  const stack = textAttribute(attributes, ...stackKeys);
  if (stack === undefined && !isException) return undefined;
  return {
    type: textAttribute(attributes, ...typeKeys) ?? '',
    message: withoutEscapes(textAttribute(attributes, ...messageKeys) ?? ''),
    stack: stack ?? '',
    isFailure: true,
  };
}
