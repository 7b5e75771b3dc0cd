/** How many colors `media/waterfall/waterfall.css` defines: `--service-0` to `--service-11`. */
export const serviceColorCount = 12;

/**
 * A color for each service, by position in `services`. It comes from the name, so that a service keeps its
 * color from trace to trace; services of one trace that would share a color get the next free one, in the
 * order of their names, while there are free ones.
 */
export function serviceColors(services: readonly string[]): Uint8Array {
  const colors = new Uint8Array(services.length);
  const uses = new Array<number>(serviceColorCount).fill(0);
  const byName = services.map((_, index) => index);
  byName.sort((a, b) => ((services[a] ?? '') < (services[b] ?? '') ? -1 : 1));
  for (const index of byName) {
    const wanted = hash(services[index] ?? '') % serviceColorCount;
    const fewest = Math.min(...uses);
    let color = wanted;
    while ((uses[color] ?? 0) > fewest) color = (color + 1) % serviceColorCount;
    uses[color] = (uses[color] ?? 0) + 1;
    colors[index] = color;
  }
  return colors;
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < Math.min(text.length, 256); index++)
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value >>> 0;
}
