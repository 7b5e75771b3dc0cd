import { textAttribute, type RawSpan } from '../../trace/rawSpan.ts';

/**
 * `Invoices/FindOne` of a gRPC span of either side: `rpc.service` is `billing.Invoices`, and since the
 * conventions of 2025 `rpc.method` is `billing.Invoices/FindOne`. Undefined for other spans.
 */
export function rpcOf({ attributes }: RawSpan): string | undefined {
  if (textAttribute(attributes, 'rpc.system', 'rpc.system.name') !== 'grpc') return undefined;
  const method = textAttribute(attributes, 'rpc.method') ?? '';
  const service = textAttribute(attributes, 'rpc.service') ?? '';
  return shortRpc(method.includes('/') ? method : `${service}/${method}`);
}

/** Of a server span's name: `grpc.billing.Invoices/FindOne`; undefined: of something else. */
export const rpcOfName = (name: string): string | undefined =>
  /^grpc\.[\w.]+\/\w+$/.test(name) ? shortRpc(name) : undefined;

/** Without the package. */
const shortRpc = (rpc: string): string => {
  const [service = '', method = ''] = rpc.split('/');
  return `${service.slice(service.lastIndexOf('.') + 1)}/${method}`;
};
