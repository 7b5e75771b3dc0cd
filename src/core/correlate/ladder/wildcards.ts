/** Words of a key or subject that are looked at: AMQP's keys have 255 bytes, more words can't be. */
const mostWords = 128;

/** What a word of a pattern stands for: `one` any single word, `rest` any number of them. */
interface Wildcards {
  readonly separator: string;
  readonly one: string;
  readonly rest: string;
}

const rabbit: Wildcards = { separator: '.', one: '*', rest: '#' };
const nats: Wildcards = { separator: '.', one: '*', rest: '>' };
const mqtt: Wildcards = { separator: '/', one: '+', rest: '#' };

/** Whether RabbitMQ's topic pattern takes the key: `*` is one word, `#` any number of them. */
export const fitsRoutingKey = (key: string, pattern: string) => fits(key, pattern, rabbit);
/** Whether a subject of NATS takes the message's: `*` is one word, `>` those that are left. */
export const fitsSubject = (subject: string, pattern: string) => fits(subject, pattern, nats);
/** Whether a topic filter of MQTT takes the topic: `+` is one level, `#` those that are left. */
export const fitsTopicFilter = (topic: string, filter: string) => fits(topic, filter, mqtt);

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

/** `reach[i]`: the pattern so far fits the first `i` words. */
function fits(key: string, pattern: string, { separator, one, rest }: Wildcards): boolean {
  const words = key.split(separator).slice(0, mostWords);
  let reach = [true, ...words.map(() => false)];
  for (const part of pattern.split(separator)) {
    const next = reach.map((_, i) =>
      part === rest
        ? reach.slice(0, i + 1).includes(true)
        : i > 0 && reach[i - 1] === true && (part === one || part === words[i - 1]),
    );
    reach = next;
  }
  return reach.at(-1) === true;
}
