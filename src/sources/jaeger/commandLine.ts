import { resolve } from 'node:path';
import { isHeaderName, isHeaderValue } from '../../core/base/httpHeader.ts';
import { UsageError } from '../../core/base/usageError.ts';
import { httpWording } from '../http/wording.ts';
import type { SourceOnCommandLine } from '../sourceDescriptor.ts';
import type { JaegerSettings } from './settings.ts';

/** `--jaeger URL`, with the headers and certificates it requires. */
export const jaegerCommandLine = {
  flags: {
    jaeger: { value: 'URL', help: 'Jaeger query URL, for example http://localhost:16686' },
    header: {
      value: "'Name: text'",
      help: 'header to send to Jaeger; can be repeated',
      repeats: true,
    },
    ca: { value: 'FILE', help: "PEM file of the authority that signed Jaeger's certificate" },
    cert: { value: 'FILE', help: 'PEM file of the client certificate that Jaeger requires' },
    key: { value: 'FILE', help: 'PEM file of its key, unless it is in the same file' },
  },
  read: (given): JaegerSettings => ({
    kind: 'jaeger',
    url: given.text('jaeger'),
    headers: Object.fromEntries(given.all('header').map(readHeader)),
    timeoutMs: given.timeoutMs,
    maxBytes: 256 * 1_024 * 1_024,
    sampleSize: 500,
    access: {
      caFile: given.text('ca'),
      clientCertificateFile: given.text('cert'),
      clientKeyFile: given.text('key'),
    },
  }),
  locate: ({ access, ...settings }, { cwd }) => {
    const file = (path = '') => (path === '' ? '' : resolve(cwd, path));
    return {
      ...settings,
      access: {
        caFile: file(access?.caFile),
        clientCertificateFile: file(access?.clientCertificateFile),
        clientKeyFile: file(access?.clientKeyFile),
      },
    };
  },
  wording: httpWording,
} as const satisfies SourceOnCommandLine<JaegerSettings>;

/** The text may be a secret: no complaint repeats it. */
function readHeader(text: string): [string, string] {
  const colon = text.indexOf(':');
  const name = text.slice(0, colon).trim();
  if (colon < 0 || name === '') throw new UsageError("Invalid --header. Use 'Name: text'.");
  const value = text.slice(colon + 1).trim();
  if (!isHeaderName(name) || !isHeaderValue(value))
    throw new UsageError(
      'Invalid --header. Use letters, digits and dashes in the name, and printable ASCII on one line in the text.',
    );
  return [name, value];
}
