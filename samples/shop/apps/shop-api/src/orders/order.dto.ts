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

export class OrderLineDto {
  @IsInt()
  productId: number;

  @IsInt()
  @Min(1)
  quantity: number;
}

export class PlaceOrderDto {
  @IsInt()
  customerId: number;

  @IsString()
  @Length(2, 2)
  country: string;

  @IsOptional()
  @IsString()
  discountCode?: string;

  @ArrayNotEmpty()
  @ValidateNested({ each: true })
  @Type(() => OrderLineDto)
  lines: OrderLineDto[];
}

export class PaymentDto {
  @IsString()
  @Length(4, 40)
  reference: string;
}
