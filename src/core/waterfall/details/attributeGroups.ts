import { anyCase } from '../../base/anyCase.ts';
import { message } from '../../base/message.ts';
import type { Attribute, Attributes } from '../../trace/rawSpan.ts';
import { attributeText } from './attributeText.ts';

/** An attribute with its position among those of its span. */
interface PlacedAttribute {
  readonly attribute: Attribute;
  readonly position: number;
}

export interface AttributeGroup {
  /** Empty where there is only one group. */
  readonly title: string;
  readonly members: readonly PlacedAttribute[];
}

/** So few are one list. */
const fewest = 8;

/** By the first word of the key, as OpenTelemetry's conventions name them. */
const groups: readonly (readonly [() => string, RegExp])[] = [
  [() => message('HTTP'), /^(?:https?|url|user_agent)$/],
  [() => message('Database'), /^(?:db|prisma|model|method|sql)$/],
  [() => message('Messaging'), /^(?:messaging|message|cloudevents)$/],
  [() => message('RPC and GraphQL'), /^(?:rpc|grpc|graphql)$/],
  [() => message('Code'), /^(?:code|nestjs|thread|express|component)$/],
  [() => message('Error'), /^(?:error|exception|otel|status)$/],
  [() => message('Network'), /^(?:server|client|network|net|peer|source|destination|tls|dns)$/],
  [() => message('Service'), /^(?:service|deployment|app)$/],
  [() => message('Process'), /^(?:process|host|os|telemetry)$/],
  [() => message('Platform'), /^(?:k8s|container|cloud|faas|aws|gcp|azure|heroku)$/],
];

/**
 * Attributes sorted by key, in groups where there are many; with `search`, those whose key or value has its words, in any
 * case. Each attribute is in one group, once.
 */
export function attributeGroups(attributes: Attributes, search = ''): readonly AttributeGroup[] {
  const words = anyCase(search).split(/\s+/).filter(Boolean);
  const found = attributes
    .map((attribute, position) => ({ attribute, position }))
    .filter(({ attribute }) => hasWords(attribute, words))
    .sort((one, other) => compare(one.attribute.key, other.attribute.key));
  if (found.length === 0) return [];
  if (attributes.length <= fewest) return [{ title: '', members: found }];
  const byGroup = Map.groupBy(found, ({ attribute }) => groupOf(attribute.key));
  if (byGroup.size === 1) return [{ title: '', members: found }];
  return [...byGroup]
    .sort(([one], [other]) => one - other)
    .map(([group, members]) => ({ title: groups[group]?.[0]() ?? message('Other'), members }));
}

function groupOf(key: string): number {
  const first = key.slice(0, Math.max(0, key.search(/[._]/)) || key.length);
  const word = key.startsWith('user_agent') ? 'user_agent' : first;
  const index = groups.findIndex(([, pattern]) => pattern.test(word));
  return index < 0 ? groups.length : index;
}

function hasWords({ key, value }: Attribute, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text = anyCase(`${key}=${attributeText(value)}`);
  return words.every((word) => text.includes(word));
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
