using System.Buffers.Binary;
using System.Text;
using Akka.Actor;

namespace Diten.Emulation.Tests.Clusters;

/// <summary>Frames of Akka's own protocol, as somebody makes them who has read its definition, and not our secret.</summary>
internal static class StrangersFrames
{
    private const int Varint = 0, Fixed64 = 1, Bytes = 2;

    /// <summary>"I am that node, started anew": whoever believes it declares the real one dead.</summary>
    public static byte[] Associate(Address node)
    {
        byte[] origin =
        [
            .. Field(1, Text(node.System)), .. Field(2, Text(node.Host!)), .. Tag(3, Varint), .. Number((uint)node.Port!.Value), .. Field(4, Text("tcp")),
        ];
        byte[] uid = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(uid, 4711);
        byte[] instruction = [.. Tag(1, Varint), 1, .. Field(2, [.. Field(1, origin), .. Tag(2, Fixed64), .. uid])];
        return Frame(Field(2, instruction));
    }

    /// <summary>A message for the actor that creates actors for other nodes.</summary>
    public static byte[] Create(Address node)
    {
        byte[] message = [.. Field(1, Text("Akka.Event.DeadLetterListener, Akka")), .. Tag(2, Varint), 3];
        byte[] envelope = [.. Field(1, Field(1, Text($"{node}/remote"))), .. Field(2, message)];
        return Frame(Field(1, Field(2, envelope)));
    }

    private static byte[] Frame(byte[] body)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, body.Length);
        return [.. length, .. body];
    }

    private static byte[] Field(int number, byte[] value) => [.. Tag(number, Bytes), .. Number((uint)value.Length), .. value];

    private static byte[] Tag(int number, int kind) => [(byte)(number << 3 | kind)];

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Number(uint value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return [.. bytes];
    }
}
