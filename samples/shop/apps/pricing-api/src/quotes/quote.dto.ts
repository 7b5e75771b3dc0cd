import { Type } from 'class-transformer';
import {
  ArrayNotEmpty,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Min,
  ValidateNested,
} from 'class-validator';

export class QuoteLineDto {
  @IsString()
  sku: string;

  @IsInt()
  @Min(1)
  quantity: number;
}

export class QuoteDto {
  @IsString()
  @Length(2, 2)
  country: string;

  @IsOptional()
  @IsString()
  discountCode?: string;

  @ArrayNotEmpty()
  @ValidateNested({ each: true })
  @Type(() => QuoteLineDto)
  lines: QuoteLineDto[];
}

export class RefundDto {
  @IsString()
  @Length(2, 2)
  country: string;

  @IsString()
  sku: string;

  @IsInt()
  @Min(1)
  quantity: number;

  @IsInt()
  @Min(0)
  paidCents: number;
}
