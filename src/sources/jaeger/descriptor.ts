import { isHeaderName, isHeaderValue } from '../../core/base/httpHeader.ts';
import { message } from '../../core/base/message.ts';
import type { SettingReader } from '../../core/base/setting.ts';
import { baseOf, originOf, shownUrl } from '../http/origin.ts';
import type {
  AskedAddress,
  SourceDescriptor,
  SourceInEditor,
  SourceSecret,
} from '../sourceDescriptor.ts';
import { jaegerCommandLine } from './commandLine.ts';
import { jaegerSettings, type JaegerSettings, type JaegerValues } from './settings.ts';

const place = (setting: SettingReader<JaegerValues>) => shownUrl(setting('spanhop.jaeger.url'));

const address = {
  command: 'spanhop.setJaegerUrl',
  question: (setting) => ({
    title: message('Jaeger URL'),
    prompt: message('URL of the Jaeger UI, with its base path if it has one'),
    value: setting('spanhop.jaeger.url'),
    placeHolder: jaegerSettings['spanhop.jaeger.url'].default,
    check: (url) =>
      originOf(url.trim()) === undefined ? message('Enter an http:// or https:// URL.') : undefined,
  }),
  settings: (url) => ({ 'spanhop.jaeger.url': url.trim() }),
} as const satisfies AskedAddress<JaegerValues>;

/** Headers of requests, such as a token: each belongs to the origin it was entered for. */
const header = {
  storedAs: 'spanhop.headers',
  boundTo: (setting) => originOf(setting('spanhop.jaeger.url')),
  unbound: (setting) => message('Set the Jaeger URL first. Invalid URL: {0}.', place(setting)),
  commands: { set: 'spanhop.setJaegerHeader', remove: 'spanhop.removeJaegerHeaders' },
  remedy: () => message('Set Jaeger header'),
  name: (origin) => ({
    title: message('Jaeger Header for {0} (1/2)', origin),
    prompt: message('Header name, such as Authorization or x-tenant'),
    value: 'Authorization',
    check: (name) =>
      isHeaderName(name) ? undefined : message('Use letters, digits and dashes in a header name.'),
  }),
  value: (origin, name) => ({
    title: message('Jaeger Header for {0} (2/2)', origin),
    prompt: message('Value of {0}, kept in secret storage and sent only to {1}', name, origin),
    password: true,
    check: (text) =>
      isHeaderValue(text) ? undefined : message('Use printable ASCII text on one line.'),
  }),
  removed: (origin) => message('Removed saved headers for {0}.', origin),
} as const satisfies SourceSecret<JaegerValues>;

/** Jaeger UI is served where its API is. `uiFind` selects what has that text: ids are found too. */
const page = {
  name: 'Jaeger UI',
  url: (setting, { traceId, spanId }) => {
    const address = baseOf(setting('spanhop.jaeger.url'));
    return address && `${address}/trace/${traceId}?uiFind=${spanId}`;
  },
} as const satisfies SourceInEditor<JaegerSettings, JaegerValues>['page'];

/** A Jaeger, read over HTTP. */
export const jaeger = {
  kind: 'jaeger',
  editor: {
    label: () => 'Jaeger',
    icon: 'globe',
    detail: (setting) => message('Reads traces from {0}', place(setting)),
    place,
    settings: jaegerSettings,
    address,
    secret: header,
    page,
    read: ({ setting, secrets, network }) => ({
      kind: 'jaeger',
      url: setting('spanhop.jaeger.url'),
      headers: secrets,
      timeoutMs: setting('spanhop.jaeger.timeoutSeconds') * 1_000,
      maxBytes: setting('spanhop.jaeger.maxResponseMegabytes') * 1_000_000,
      sampleSize: setting('spanhop.jaeger.sampleSize'),
      access: {
        caFile: setting('spanhop.jaeger.caFile'),
        clientCertificateFile: setting('spanhop.jaeger.clientCertificateFile'),
        clientKeyFile: setting('spanhop.jaeger.clientKeyFile'),
        network,
      },
    }),
  },
  commandLine: jaegerCommandLine,
} as const satisfies SourceDescriptor<JaegerSettings, JaegerValues>;
