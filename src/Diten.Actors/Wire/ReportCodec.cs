using Diten.Model.Statistics;
namespace Diten.Actors.Wire;
public static class ReportCodec { public static byte[] Encode(SlotReport r) => throw new NotImplementedException(); public static SlotReport Decode(byte[] b) => throw new NotImplementedException(); }
