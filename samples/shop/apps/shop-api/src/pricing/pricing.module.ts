import { HttpModule } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { PricingClient } from './pricing.client';

@Module({
  imports: [HttpModule.register({ timeout: 10_000 })],
  providers: [PricingClient],
  exports: [PricingClient],
})
export class PricingModule {}
