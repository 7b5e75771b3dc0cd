/** Never ends for `hang`, fills the memory for `flood`. */
export function hangOrFlood(text: string | undefined): void {
  while (text === 'hang');
  let held: { readonly before: unknown; readonly text: string } | undefined;
  for (let count = 0; text === 'flood'; count += 1) held = { before: held, text: `flood ${count}` };
}
