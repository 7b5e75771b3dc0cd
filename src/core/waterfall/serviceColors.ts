/** Colors that no one mixes up: `--service-0` to `--service-5` of media/waterfall/theme.css. */
const hues = 6;
/** A second shade of each, `--service-6` to `--service-11`, for traces of more services. */
export const serviceColorCount = hues * 2;

/**
 * A color for each service, by position in `services`. It comes from the name, so that a service keeps its
 * color from trace to trace; services of one trace that would share a color get the next free one, in the
 * order of their names, while there are free ones.
 */
export function serviceColors(services: readonly string[]): Uint8Array {
  const colors = new Uint8Array(services.length);
  const taken = new Set<number>();
  const byName = services.map((_, index) => index);
  byName.sort((a, b) => ((services[a] ?? '') < (services[b] ?? '') ? -1 : 1));
  for (const index of byName) {
    if (taken.size === serviceColorCount) taken.clear();
    const firstChoice = hash(services[index] ?? '') % hues;
    const shade = taken.size < hues ? 0 : hues;
    let color = shade + firstChoice;
    while (taken.has(color)) color = shade + ((color + 1) % hues);
    taken.add(color);
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
