import { sourceHelp } from './sourceFlags.ts';

export const help = `spanhop: latency, errors and traces of NestJS and Prisma code, from OpenTelemetry.

Usage
  spanhop index [dir] [--json]           list handlers and the calls they make
  spanhop endpoints [source] [options]   list the slowest endpoints and their handlers
  spanhop explain <endpoint|id> [source|file]  show where its time goes: which lines, how often, what they wait for
  spanhop compare <id|file> <id|file> [source|file]  show what the second trace calls more often or longer than the first
  spanhop traces [source] [options]      list the traces of a search
  spanhop trace <id|file> [options]      show a trace as a waterfall, with the line of each span
  spanhop map <id|file> [options]        show the line of each span, how likely it is, and why
  spanhop map --report [file] [options]  show how many spans are mapped, why others aren't, and next steps

Trace source (one of)
${sourceHelp.join('\n')}

Options
  --dir FOLDER          workspace folder (default: current folder)
  --service NAME=FOLDER folder of a service, overrides detection; can be repeated (traces: see below)
  --path-mapping FROM=FOLDER  local folder of a recorded path (/app=apps/api); can be repeated
  --json                print JSON
  --window LENGTH       endpoints, explain, traces, report: time range, 15m, 1h, 7d or all (default: 1h; file: all)
  --behind WHAT         endpoints: only those behind a method and status ('DELETE 500', 5xx) or
                        a Traefik router or service (orders@docker), by total time
  --sort METRIC         endpoints: p95, total, errors or count (default: p95)
  --limit N             endpoints, traces: rows (default: 20); trace: traces of a file (default: 5);
                        map: traces of a file (default: all); report: latest traces (default: 1000; file: all)
  --only SERVICE        report: one service only
  --all                 endpoints: include handlers without requests; trace: show every span;
                        report: show every row
  --timeout SECONDS     request timeout of a server (default: 20)
  --help, --version

Search options of traces (one span of the trace must match them all)
  --service NAME        service name, as recorded on the span
  --operation NAME      operation (span name)
  --attribute KEY=VALUE attribute of the span, its resource or its events; can be repeated
  --min-duration LENGTH shortest duration: 500us, 250ms, 1.2s
  --max-duration LENGTH longest duration
  --errors              errors only
  --from TIME           instead of --window: start of the time range, as ISO 8601 (local time without a zone)
                        or in microseconds since 1970
  --to TIME             end of the time range, included (default: now)
  --sort ORDER          newest or slowest (default: newest)

Exit codes: 0 success, 1 can't read the source or workspace, 2 invalid command line.`;
