/**
 * Takes secrets out of text that a server or library wrote. Values of under four characters stay:
 * they are no secrets, and taking them out would garble the text.
 */
export function hideSecrets(values: readonly string[]): (text: string) => string {
  const secrets = values
    .flatMap((value) => [value, ...value.split(/\s+/)])
    .filter((value) => value.length >= 4 && !/^(basic|bearer|token|digest)$/i.test(value))
    .sort((a, b) => b.length - a.length);
  return (text) => secrets.reduce((hidden, secret) => hidden.replaceAll(secret, '•••'), text);
}
