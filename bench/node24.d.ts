/** Benches run under Node 24, while types are those of the oldest editor's Node. */
declare namespace NodeJS {
  interface Process {
    /** CPU time of this thread in µs, since `previous` where given; since Node 23.9. */
    threadCpuUsage(previous?: CpuUsage): CpuUsage;
  }
}
