namespace Diten.Actors.Wire;

/// <summary>Parts of big messages on the wire.</summary>
internal static class ParcelCodec
{
    public static Contracts.Parcel Write(Parcel parcel) => new()
    {
        Number = parcel.Number,
        Part = parcel.Part,
        Parts = parcel.Parts,
        Manifest = parcel.Manifest,
        Bytes = parcel.Bytes,
    };

    public static Parcel Read(Contracts.Parcel contract) =>
        new(contract.Number, contract.Part, contract.Parts, contract.Manifest, contract.Bytes);
}
