import { render } from 'preact';
import { useMessages } from '../../src/core/base/message.ts';
import type {
  DurationsHostEvents,
  DurationsHostMethods,
  ShownDurations,
} from '../../src/protocol/durations.ts';
import { Rpc } from '../../src/protocol/rpc.ts';
import { pageChannel } from '../pageChannel.ts';
import { Durations } from './durations.tsx';
import './durations.css';

declare function acquireVsCodeApi(): { postMessage(message: unknown): void };

const root = document.getElementById('durations');
const host = new Rpc<object, DurationsHostMethods, object, DurationsHostEvents>(
  pageChannel(acquireVsCodeApi()),
  {},
  (_, shown) => draw(shown),
);

function draw(shown: ShownDurations): void {
  if (!root) return;
  const choose = (range: ShownDurations['range']) => void host.call('choose', { range });
  render(<Durations shown={shown} choose={choose} />, root);
}

void host.call('ready', {}).then(({ shown, messages }) => {
  useMessages(messages);
  draw(shown);
});
