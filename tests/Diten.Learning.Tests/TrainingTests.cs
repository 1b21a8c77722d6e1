namespace Diten.Learning.Tests;

public sealed class TrainingTests
{
    [Fact]
    public void Training_is_available_on_a_machine_that_builds_and_tests_it() => Assert.True(Training.IsAvailable(out var why), why);
}
