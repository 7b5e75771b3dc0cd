/** Parts of a name that are looked at: AMQP's keys have 255 bytes, names with more aren't meant to fit. */
const mostParts = 256;

/** What a word of a pattern stands for: `one` any single word, `rest` at least so many words. */
interface Wildcards {
  readonly separator: string;
  readonly one: string;
  readonly rest: string;
  readonly least: 0 | 1;
}

const rabbit: Wildcards = { separator: '.', one: '*', rest: '#', least: 0 };
const nats: Wildcards = { separator: '.', one: '*', rest: '>', least: 1 };
const mqtt: Wildcards = { separator: '/', one: '+', rest: '#', least: 0 };

/** Whether RabbitMQ's topic pattern takes the key: `*` is one word, `#` any number of them. */
export const fitsRoutingKey = (key: string, pattern: string) => fits(key, pattern, rabbit);
/** Whether a subject of NATS takes the message's: `*` is one word, `>` those that are left, at least one. */
export const fitsSubject = (subject: string, pattern: string) => fits(subject, pattern, nats);
/**
 * Whether a topic filter of MQTT takes the topic: `+` is one level, `#` those that are left. Subscribers of
 * `$share/group/filter` share the messages of the filter.
 */
export const fitsTopicFilter = (topic: string, filter: string) =>
  fits(topic, filter.replace(/^\$share\/[^/]+\//, ''), mqtt);

/** `*`, `?`, `[abc]`, `[^a-c]`, an escaped letter or a plain one. */
const globPiece =
  /(?<rest>\*)|(?<one>\?)|\[(?<not>\^?)(?<set>(?:\\.|[^\]\\])*)\]|\\?(?<letter>.)/gsu;

/** Whether Redis' `PSUBSCRIBE` of the pattern takes the channel. */
export function fitsChannelPattern(channel: string, pattern: string): boolean {
  const parts = Array.from(pattern.matchAll(globPiece), ({ groups = {} }): Part => {
    const { rest, one, not, set, letter } = groups;
    if (rest !== undefined) return { least: 0 };
    if (one !== undefined) return () => true;
    if (set === undefined) return (character) => character === letter;
    return (character) => isAmong(character, set) !== (not === '^');
  });
  return reaches(Array.from(channel.slice(0, mostParts + 1)), parts);
}

/** Of a set like `abx-z`. */
function isAmong(character: string, set: string): boolean {
  for (const [, from = '', to = from] of set.matchAll(/\\?(.)(?:-\\?(.))?/gsu)) {
    if (from <= character && character <= to) return true;
  }
  return false;
}

/** Whether a name has the shape, in which `*` is any text. */
export function fitsShape(name: string, shape: string): boolean {
  const [start = '', ...parts] = shape.split('*');
  const end = parts.pop();
  if (end === undefined) return name === shape;
  if (name.length < start.length + end.length) return false;
  if (!name.startsWith(start) || !name.endsWith(end)) return false;
  let at = start.length;
  for (const part of parts) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= name.length - end.length;
}

function fits(name: string, pattern: string, { separator, one, rest, least }: Wildcards): boolean {
  const parts = pattern.split(separator).map((part): Part => {
    if (part === rest) return { least };
    return part === one ? () => true : (word) => word === part;
  });
  return reaches(name.split(separator, mostParts + 1), parts);
}

/** What a part of a pattern takes: one word, or at least so many of any. */
type Part = ((word: string) => boolean) | { readonly least: 0 | 1 };

/** Whether the parts take the words to the last; `reach[i]`: those so far take the first `i`. */
function reaches(words: readonly string[], parts: readonly Part[]): boolean {
  if (words.length > mostParts) return false;
  let reach = [true, ...words.map(() => false)];
  for (const part of parts) {
    let before = false;
    reach = reach.map((reached, i) => {
      if (typeof part === 'function') return reach[i - 1] === true && part(words[i - 1] ?? '');
      const earlier = before;
      before ||= reached;
      return part.least === 0 ? before : earlier;
    });
  }
  return reach.at(-1) === true;
}
