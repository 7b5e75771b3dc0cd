import { HttpModule } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { DiscountsModule } from '../discounts/discounts.module';
import { PricesModule } from '../prices/prices.module';
import { TaxAuthorityClient } from '../tax/tax-authority.client';
import { QuotesController } from './quotes.controller';
import { QuotesService } from './quotes.service';

@Module({
  imports: [HttpModule.register({ timeout: 5_000 }), PricesModule, DiscountsModule],
  controllers: [QuotesController],
  providers: [QuotesService, TaxAuthorityClient],
})
export class QuotesModule {}
