import { Module } from '@nestjs/common';
import { DiscountsModule } from './discounts/discounts.module';
import { HealthController } from './health/health.controller';
import { PricesModule } from './prices/prices.module';
import { PrismaModule } from './prisma/prisma.module';
import { QuotesModule } from './quotes/quotes.module';

@Module({
  imports: [PrismaModule, PricesModule, DiscountsModule, QuotesModule],
  controllers: [HealthController],
})
export class AppModule {}
