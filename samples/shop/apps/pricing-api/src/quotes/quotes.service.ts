import { Injectable, NotFoundException } from '@nestjs/common';
import { DiscountsService } from '../discounts/discounts.service';
import { PricesService } from '../prices/prices.service';
import { PrismaService } from '../prisma/prisma.service';
import { TaxAuthorityClient } from '../tax/tax-authority.client';
import type { QuoteDto, RefundDto } from './quote.dto';

@Injectable()
export class QuotesService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly prices: PricesService,
    private readonly discounts: DiscountsService,
    private readonly taxAuthority: TaxAuthorityClient,
  ) {}

  async quote({ country, discountCode, lines }: QuoteDto) {
    const prices = await this.prices.currentPrices(lines.map(({ sku }) => sku));
    const priced = lines.map((line) => ({ ...line, cents: prices[line.sku] ?? 0 }));
    const net = priced.reduce((sum, { cents, quantity }) => sum + cents * quantity, 0);
    const discounted = await this.discounts.apply(discountCode, net);
    const rate = await this.taxAuthority.rateOf(country);
    const taxCents = Math.round(discounted * rate);
    return this.prisma.quote.create({
      data: {
        kind: 'sale',
        country,
        taxCents,
        totalCents: discounted + taxCents,
        lines: { create: priced },
      },
      include: { lines: true },
    });
  }

  /** What to pay back for goods: never more than was paid, and with today's tax. */
  async refund({ country, sku, quantity, paidCents }: RefundDto) {
    const current = await this.prices.priceOf(sku);
    const rate = await this.taxAuthority.rateOf(country);
    const net = Math.min(paidCents, current * quantity);
    const taxCents = Math.round(net * rate);
    const quote = await this.prisma.quote.create({
      data: { kind: 'refund', country, taxCents, totalCents: net + taxCents },
    });
    return { id: quote.id, refundCents: quote.totalCents };
  }

  async find(id: number) {
    const quote = await this.prisma.quote.findUnique({ where: { id }, include: { lines: true } });
    if (!quote) throw new NotFoundException(`No quote ${id}`);
    return quote;
  }
}
