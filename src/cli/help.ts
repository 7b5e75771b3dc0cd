export const help = `spanhop: what OpenTelemetry traces say about the lines of a NestJS + Prisma workspace.

Usage
  spanhop index [dir] [--json]           handlers and Prisma calls of the code
  spanhop endpoints [source] [options]   the slowest endpoints, each with its handler
  spanhop trace <id|file> [options]      a trace as a waterfall, each span with its line
  spanhop map <id|file> [options]        each span's line, how sure it is, and why
  spanhop map --report [file] [options]  how many spans have their line, why others don't, and what to do

Source of the traces (one of)
  --jaeger URL          a Jaeger query address: http://localhost:16686
  --header 'Name: text' sent to Jaeger with each request; may be repeated
  --local [database]    the extension's own store (the default where no other is named)
  file                  traces of Jaeger, Tempo, Zipkin or OTLP, also packed with gzip: spanhop trace answer.json

Options
  --dir FOLDER          the workspace (default: the current folder)
  --service NAME=FOLDER which folder a service is, where it can't be told; may be repeated
  --path-mapping FROM=FOLDER  where the code of a folder elsewhere is (/app=apps/api); may be repeated
  --json                print JSON
  --window LENGTH       endpoints, report: how far back, 15m, 1h, 7d or all (default: 1h; a file: all)
  --sort FIGURE         endpoints: p95, total, errors or count (default: p95)
  --limit N             endpoints: rows (default 20); trace, map: traces of a file (default 5; map: all);
                        report: traces, the newest (default 1000; a file: all)
  --only SERVICE        report: the spans of one service
  --all                 endpoints: handlers without requests too; trace: every span, nothing folded;
                        report: every row of each list
  --timeout SECONDS     to wait for Jaeger (default 20)
  --help, --version

Exit codes: 0 done, 1 the source or the workspace could not be read, 2 the command line is wrong.`;
