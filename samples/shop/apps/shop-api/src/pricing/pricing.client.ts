import { HttpService } from '@nestjs/axios';
import { Injectable } from '@nestjs/common';
import { firstValueFrom } from 'rxjs';

export interface QuoteLine {
  sku: string;
  quantity: number;
}

export interface Quote {
  id: number;
  totalCents: number;
  lines: { sku: string; quantity: number; cents: number }[];
}

export interface Refund {
  id: number;
  refundCents: number;
}

/** Prices are pricing-api's business. */
@Injectable()
export class PricingClient {
  private readonly url = process.env.PRICING_URL ?? 'http://127.0.0.1:3001/pricing';

  constructor(private readonly http: HttpService) {}

  async quote(country: string, lines: QuoteLine[], discountCode?: string): Promise<Quote> {
    const { data } = await firstValueFrom(
      this.http.post<Quote>(`${this.url}/quotes`, { country, lines, discountCode }),
    );
    return data;
  }

  async refund(country: string, sku: string, quantity: number, paidCents: number): Promise<Refund> {
    const { data } = await firstValueFrom(
      this.http.post<Refund>(`${this.url}/quotes/refund`, { country, sku, quantity, paidCents }),
    );
    return data;
  }
}
