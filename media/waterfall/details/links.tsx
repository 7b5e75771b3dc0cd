import { message } from '../../../src/core/base/message.ts';
import type { SpanRow } from '../../../src/core/base/units.ts';
import type { SpanDetail } from '../../../src/protocol/waterfall.ts';
import { IconButton } from '../button.tsx';
import { Icon } from '../icons.tsx';
import type { PageTrace } from '../openTrace.ts';
import { oneLine, operationName, serviceName } from '../traceText.ts';
import { AttributeTable } from './attributeTable.tsx';
import { Section } from './section.tsx';
import type { DetailTools } from './tools.ts';
import { CopyButton } from './value.tsx';

export interface LinksProps {
  readonly trace: PageTrace;
  readonly detail: SpanDetail;
  readonly tools: DetailTools;
}

/** What the span links to. */
export function Links({ trace, detail: { links }, tools }: LinksProps) {
  if (links.length === 0) return null;
  return (
    <Section id="links" title={message('Links')} count={links.length}>
      {links.map(({ traceId, row, attributes }, index) => (
        <div key={index} class="span-link">
          <OtherEnd
            tools={tools}
            place={{ link: index, from: false, row }}
            name={row === undefined ? oneLine(traceId) : trace.text.operation(row)}
            service={row === undefined ? '' : trace.text.service(row)}
          />
          <CopyButton name={message('trace ID')} onCopy={() => tools.copy(traceId)} />
          {attributes.length > 0 && (
            <AttributeTable
              attributes={attributes}
              label={message('Link attributes')}
              tools={{ ...tools, filterBy: undefined }}
            />
          )}
        </div>
      ))}
    </Section>
  );
}

/** Which spans link to it, of its trace and of traces opened before. */
export function LinkedFrom({ detail: { linkedFrom }, tools }: LinksProps) {
  if (linkedFrom.length === 0) return null;
  return (
    <Section id="linked-from" title={message('Linked from')} count={linkedFrom.length}>
      {linkedFrom.map(({ traceId, row, service, operation }, index) => (
        <div key={index} class="span-link">
          <OtherEnd
            tools={tools}
            place={{ link: index, from: true, row }}
            name={operationName(operation)}
            service={serviceName(service)}
          />
          <CopyButton name={message('trace ID')} onCopy={() => tools.copy(traceId)} />
        </div>
      ))}
      <p class="nothing">{message('Only traces opened before are searched for links.')}</p>
    </Section>
  );
}

interface OtherEndProps {
  readonly tools: DetailTools;
  readonly place: {
    readonly link: number;
    readonly from: boolean;
    readonly row: SpanRow | undefined;
  };
  readonly name: string;
  readonly service: string;
}

/** A span of this waterfall is selected; one of another trace is opened there, or its trace is shown here too. */
function OtherEnd({ tools, place, name, service }: OtherEndProps) {
  const { link, from, row } = place;
  return (
    <>
      <button
        type="button"
        class="link"
        title={row === undefined ? message('Open trace') : message('Select span')}
        onClick={() => (row === undefined ? tools.openLink(link, from) : tools.select(row))}
      >
        <Icon name={row === undefined ? 'link' : 'row'} />
        <span class="span-link-name">{name}</span>
      </button>
      {service !== '' && <span class="span-link-service">{service}</span>}
      {row === undefined && (
        <IconButton
          icon="join"
          label={message('Show both traces here')}
          onClick={() => tools.joinTrace(link, from)}
        />
      )}
    </>
  );
}
