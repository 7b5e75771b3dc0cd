import { HttpService } from '@nestjs/axios';
import { Injectable, UnprocessableEntityException } from '@nestjs/common';
import { isAxiosError } from 'axios';
import { firstValueFrom } from 'rxjs';

/** The tax authority's web service: the rate of a country, valid at the time of asking. */
@Injectable()
export class TaxAuthorityClient {
  private readonly url = process.env.TAX_AUTHORITY_URL ?? 'http://127.0.0.1:3002';

  constructor(private readonly http: HttpService) {}

  async rateOf(country: string): Promise<number> {
    try {
      const { data } = await firstValueFrom(
        this.http.get<{ rate: number }>(`${this.url}/rates/${encodeURIComponent(country)}`),
      );
      return data.rate;
    } catch (error) {
      if (isAxiosError(error) && error.response?.status === 404)
        throw new UnprocessableEntityException(`No tax rate for ${country}`);
      throw error;
    }
  }
}
