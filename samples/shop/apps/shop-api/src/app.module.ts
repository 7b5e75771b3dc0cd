import { Module } from '@nestjs/common';
import { CartsModule } from './carts/carts.module';
import { CategoriesModule } from './categories/categories.module';
import { CustomersModule } from './customers/customers.module';
import { HealthController } from './health/health.controller';
import { OrdersModule } from './orders/orders.module';
import { PrismaModule } from './prisma/prisma.module';
import { ProductsModule } from './products/products.module';
import { ReportsModule } from './reports/reports.module';
import { ReviewsModule } from './reviews/reviews.module';
import { StockModule } from './stock/stock.module';
import { WebhooksModule } from './webhooks/webhooks.module';

@Module({
  imports: [
    PrismaModule,
    CategoriesModule,
    ProductsModule,
    CustomersModule,
    CartsModule,
    OrdersModule,
    StockModule,
    ReviewsModule,
    ReportsModule,
    WebhooksModule,
  ],
  controllers: [HealthController],
})
export class AppModule {}
