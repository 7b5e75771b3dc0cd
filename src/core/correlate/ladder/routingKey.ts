/** Whether RabbitMQ's topic pattern takes the key: `*` is one word, `#` any number of them. */
export function fitsRoutingKey(key: string, pattern: string): boolean {
  return fitsWords(key.split('.').slice(0, longestKey), pattern.split('.'));
}

/** AMQP's keys have 255 bytes: more words can't be. */
const longestKey = 128;

/** `reach[i]`: the pattern so far fits the first `i` words. */
function fitsWords(words: readonly string[], pattern: readonly string[]): boolean {
  let reach = [true, ...words.map(() => false)];
  for (const part of pattern) {
    const next = reach.map((_, i) =>
      part === '#'
        ? reach.slice(0, i + 1).includes(true)
        : i > 0 && reach[i - 1] === true && (part === '*' || part === words[i - 1]),
    );
    reach = next;
  }
  return reach.at(-1) === true;
}
