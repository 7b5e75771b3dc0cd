import { Controller, Get, Param, Query } from '@nestjs/common';
import { PricesService, type PriceChange } from './prices.service';

@Controller('prices')
export class PricesController {
  constructor(private readonly prices: PricesService) {}

  @Get()
  current(@Query('skus') skus = ''): Promise<Record<string, number>> {
    return this.prices.currentPrices(skus.split(',').filter(Boolean));
  }

  @Get(':sku/history')
  history(@Param('sku') sku: string): Promise<PriceChange[]> {
    return this.prices.history(sku);
  }
}
