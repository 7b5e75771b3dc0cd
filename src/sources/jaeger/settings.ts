import type { SettingEntries } from '../../core/base/setting.ts';
import type { ServerOptions } from '../http/serverOptions.ts';

/** How a Jaeger is read. */
export interface JaegerSettings extends ServerOptions {
  readonly kind: 'jaeger';
  /** Traces read for figures at most, of all services together. */
  readonly sampleSize: number;
}

export interface JaegerValues {
  'spanhop.jaeger.url': string;
  'spanhop.jaeger.timeoutSeconds': number;
  'spanhop.jaeger.sampleSize': number;
  'spanhop.jaeger.maxResponseMegabytes': number;
  'spanhop.jaeger.caFile': string;
  'spanhop.jaeger.clientCertificateFile': string;
  'spanhop.jaeger.clientKeyFile': string;
}

const certificateFile = {
  type: 'string',
  default: '',
  scope: 'machine',
  restricted: true,
} as const;

export const jaegerSettings: SettingEntries<JaegerValues> = {
  'spanhop.jaeger.url': {
    type: 'string',
    default: 'http://localhost:16686',
    scope: 'window',
    restricted: true,
  },
  'spanhop.jaeger.timeoutSeconds': {
    type: 'number',
    default: 15,
    scope: 'window',
    restricted: false,
    minimum: 1,
    maximum: 300,
  },
  'spanhop.jaeger.sampleSize': {
    type: 'integer',
    default: 500,
    scope: 'window',
    restricted: false,
    minimum: 10,
    maximum: 2_000,
  },
  'spanhop.jaeger.maxResponseMegabytes': {
    type: 'number',
    default: 256,
    scope: 'window',
    restricted: false,
    minimum: 1,
    maximum: 2_000,
  },
  'spanhop.jaeger.caFile': certificateFile,
  'spanhop.jaeger.clientCertificateFile': certificateFile,
  'spanhop.jaeger.clientKeyFile': certificateFile,
};
