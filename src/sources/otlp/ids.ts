const hex = /^[0-9a-fA-F]+$/;
const base64 = /^[A-Za-z0-9+/_-]+={0,2}$/;

/**
 * The id that a text stands for, as so many lower-case hex digits: hex as OTLP's JSON has it, base64 as
 * protobuf's own JSON has bytes (Tempo, old Collectors, grpcurl), and a trace id of 64 bits padded on the left.
 * @returns undefined when it is none of these
 */
export function idFromText(text: string, digits: 16 | 32): string | undefined {
  const written = hex.test(text) ? text.toLowerCase() : hexOfBase64(text);
  if (written === undefined) return undefined;
  if (written.length === digits) return written;
  return digits === 32 && written.length === 16 ? written.padStart(32, '0') : undefined;
}

function hexOfBase64(text: string): string | undefined {
  return text.length <= 24 && base64.test(text)
    ? Buffer.from(text, 'base64').toString('hex')
    : undefined;
}
