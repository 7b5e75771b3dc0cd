import type { MessageBundle } from '../../core/base/message.ts';

/** How the receiver's worker is started (`workerData`). */
export interface ReceiverWorkerOptions {
  readonly databasePath: string;
  /** 0: any free one. */
  readonly port: number;
  /** As the setting has it: an address to listen at beside loopback, `0.0.0.0` for every one. */
  readonly host: string;
  readonly maxBytes: number;
  readonly maxAgeHours: number;
  readonly messages: MessageBundle;
}

export type ReceiverState =
  | {
      readonly kind: 'listening';
      readonly port: number;
      /** Beside loopback; `0.0.0.0` and `::` are every address of the machine. */
      readonly host?: string;
      /** Why the address of the setting is not listened at, and what to do. */
      readonly problem?: string;
    }
  /** Another window of ours has the port: the same store fills all the same. */
  | { readonly kind: 'sharing'; readonly port: number }
  /** Something else has the port; `message` says what to do. */
  | { readonly kind: 'portTaken'; readonly port: number; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'stopped' };

/** What arrived since the last report, in this window or the one that has the port. */
export interface ReceivedSpans {
  readonly spans: number;
}

export type ReceiverReport =
  | { readonly kind: 'state'; readonly state: ReceiverState }
  | { readonly kind: 'received'; readonly received: ReceivedSpans }
  /** Something the user has to know of, once. */
  | { readonly kind: 'notice'; readonly message: string }
  | { readonly kind: 'log'; readonly level: 'info' | 'warn' | 'error'; readonly message: string };

/** The one message to the worker: close the port and the store, then end. */
export const stopMessage = 'stop';
