import { Module } from '@nestjs/common';
import { PricingModule } from '../pricing/pricing.module';
import { ReportsController } from './reports.controller';
import { ReportsService } from './reports.service';

@Module({ imports: [PricingModule], controllers: [ReportsController], providers: [ReportsService] })
export class ReportsModule {}
