import { Controller, Get, Param, UseGuards } from '@nestjs/common';
import { ApiKeyGuard } from '../common/api-key.guard';
import { ReportsService, type DaySales } from './reports.service';

@Controller('reports')
@UseGuards(ApiKeyGuard)
export class ReportsController {
  constructor(private readonly reports: ReportsService) {}

  @Get('sales')
  sales(): Promise<DaySales[]> {
    return this.reports.salesPerDay();
  }

  @Get('tax/:country')
  tax(@Param('country') country: string): Promise<{ country: string; taxedCents: number }> {
    return this.reports.taxOnBasket(country);
  }

  @Get('ratings')
  ratings(): Promise<{ best: string; stars: number }> {
    return this.reports.bestRated();
  }
}
