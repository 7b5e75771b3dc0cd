/** Packages whose decorators may start a method. */
export const frameworks = /^(@nestjs\/(?!swagger)|@nestia\/|@golevelup\/|@ssut\/|nestjs-)/;

/** Their decorators that start nothing: what is neither here nor known to a rule is suspect. */
export const plainDecorators: ReadonlySet<string> = new Set([
  ...'applyDecorators Bind Body Catch Controller Dependencies Global Header HostParam HttpCode Inject'.split(
    ' ',
  ),
  ...'Injectable Module Optional Redirect Render SerializeOptions SetMetadata UseFilters UseGuards'.split(
    ' ',
  ),
  ...'UseInterceptors UsePipes Version CacheKey CacheTTL Throttle SkipThrottle InjectQueue mixin'.split(
    ' ',
  ),
  ...'Args ArgsType Context Directive Extensions Field GqlExecutionContext HideField ID InputType'.split(
    ' ',
  ),
  ...'InterfaceType ObjectType Parent PickType PartialType OmitType Plugin Scalar Resolver'.split(
    ' ',
  ),
  ...'WebSocketGateway WebSocketServer MessageBody ConnectedSocket Payload Ctx Client'.split(' '),
  ...'Processor InjectFlowProducer InjectModel InjectRepository InjectConnection InjectDataSource'.split(
    ' ',
  ),
  ...'Schema Prop HealthCheck CommandHandler QueryHandler EventsHandler Saga GrpcService'.split(
    ' ',
  ),
]);
